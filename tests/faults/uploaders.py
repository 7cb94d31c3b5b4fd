import hashlib
import io
import zipfile

from PIL import Image

from tests.faults.people import Person


class Uploader(Person):
    """Adds pictures nobody has seen before, a few at a time."""

    pause = 3.0
    quick = True

    def __init__(self, *args):
        super().__init__(*args)
        self.added: dict[int, str] = {}  # image -> SHA-256 of what was sent
        self.names: dict[int, str] = {}

    def act(self) -> None:
        contents = [self._picture() for _number in range(4)]
        files = [("files", (f"{hashlib.sha256(each).hexdigest()[:12]}.png", each)) for each in contents]
        answer = self.client.call("POST", f"/api/projects/{self.project}/images/", files=files)
        for content, outcome in zip(contents, answer["results"], strict=True):
            if outcome["status"] == "refused":
                self.problems.append(f"{self.name}: {outcome}")
            else:
                self.added[outcome["id"]] = hashlib.sha256(content).hexdigest()
                self.names[outcome["id"]] = outcome["name"]

    def _picture(self) -> bytes:
        file = io.BytesIO()
        Image.frombytes("RGB", (24, 24), self.chance.randbytes(24 * 24 * 3)).save(file, "PNG")
        return file.getvalue()


class Zipper(Uploader):
    """Adds them in a ZIP, which a worker unpacks."""

    pause = 5.0
    quick = False

    def __init__(self, *args):
        super().__init__(*args)
        self.unpacked = 0

    def act(self) -> None:
        contents = {f"{number}.png": self._picture() for number in range(4)}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
        files = [("files", ("pictures.zip", packed.getvalue()))]
        answer = self.client.call("POST", f"/api/projects/{self.project}/images/", files=files)
        address = f"/api/archives/{answer['results'][0]['archive']['id']}/"
        row = self.finish(address, "retry")
        if row:
            self.unpacked += 1
        for outcome in row["results"] if row else []:
            if outcome["status"] == "refused":
                self.problems.append(f"{self.name}: {outcome}")
            else:
                name = outcome["name"].rpartition("/")[2]
                self.added[outcome["id"]] = hashlib.sha256(contents[name]).hexdigest()
