"""What the compose files and the Dockerfile promise, read by a parser of the compose specification."""

import re
import stat
import subprocess

import pytest

from tests.server.compose import ROOT, merged, read

MAIN = "docker-compose.yml"
OURS = {"web", "worker", "worker-train", "beat"}
PINNED = re.compile(r"(labelapp:(cpu|gpu)|[a-z]+:\d+\.\d+(\.\d+)?-bookworm)$")


@pytest.fixture(scope="module")
def services():
    return read(MAIN)["services"]


def test_there_are_at_most_six_services(services):
    assert set(services) == OURS | {"redis", "postgres"}


def test_only_the_web_server_is_published_and_only_to_this_machine(services):
    assert {name: each["ports"] for name, each in services.items() if "ports" in each} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_every_service_is_watched_and_held_small(services):
    for name, service in services.items():
        assert service["healthcheck"]["test"], name
        assert service["restart"] == "unless-stopped", name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name
        assert PINNED.match(service["image"]), name


def test_nobody_is_root(services):
    assert (services["redis"]["user"], services["postgres"]["user"]) == ("redis", "postgres")
    for target in ("cpu", "gpu"):
        assert stage(target)[-1].startswith("USER 10001")


def test_services_wait_until_what_they_need_is_healthy(services):
    for name, needs in {
        "web": {"redis", "postgres"},
        "worker": {"web"},
        "worker-train": {"web"},
        "beat": {"web"},
    }.items():
        assert services[name]["depends_on"] == {each: {"condition": "service_healthy"} for each in needs}


def test_every_queue_has_its_worker(services):
    def queues(name: str) -> str:
        command = services[name]["command"]
        return command[command.index("-Q") + 1]

    assert queues("worker") == "light,rescue"
    assert queues("worker-train") == queues_of_node() == "train"


def queues_of_node() -> str:
    command = read("docker-compose.node.yml")["services"]["worker-gpu"]["command"]
    return command[command.index("-Q") + 1]


def test_secrets_are_files_that_the_script_makes(tmp_path):
    folder = tmp_path / "secrets"
    subprocess.run(["sh", "deploy/make-secrets.sh", str(folder)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    for name in (MAIN, "docker-compose.node.yml"):
        whole = read(name)
        for secret, source in whole["secrets"].items():
            assert source == {"file": f"./secrets/{secret}"}
            assert (folder / secret).exists()
        for service in whole["services"].values():
            assert set(service["secrets"]) <= set(whole["secrets"])
            environment = service.get("environment", {})
            for value in (value for key, value in environment.items() if key.endswith("_FILE")):
                assert value.removeprefix("/run/secrets/") in service["secrets"]
            assert not [key for key in environment if "PASSWORD" in key and not key.endswith("_FILE")]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    again = subprocess.run(["sh", "deploy/make-secrets.sh", str(folder)], cwd=ROOT, check=False, capture_output=True)
    assert again.returncode == 1


def test_volumes_are_named(services):
    whole = read(MAIN)
    used = {volume.split(":")[0] for service in services.values() for volume in service["volumes"]}
    assert used == set(whole["volumes"]) == {"data", "redis", "postgres"}


def test_the_gpu_file_changes_only_who_trains(services):
    whole = merged(MAIN, "docker-compose.gpu.yml")["services"]
    assert {name for name in services if whole[name] != services[name]} == {"worker-train"}
    trains = whole["worker-train"]
    assert trains["command"] == services["worker-train"]["command"]
    assert trains["build"]["target"] == "gpu"
    for service in (trains, read("docker-compose.node.yml")["services"]["worker-gpu"]):
        [device] = service["deploy"]["resources"]["reservations"]["devices"]
        assert device == {"driver": "nvidia", "count": "all", "capabilities": ["gpu"]}


def test_other_nodes_reach_the_stores_on_the_private_address_only():
    whole = merged(MAIN, "docker-compose.private.yml", LABELAPP_PRIVATE_ADDRESS="10.0.0.5")["services"]
    assert whole["postgres"]["ports"] == ["10.0.0.5:5432:5432"]
    assert whole["redis"]["ports"] == ["10.0.0.5:6379:6379"]
    with pytest.raises(KeyError, match="LABELAPP_PRIVATE_ADDRESS"):
        merged(MAIN, "docker-compose.private.yml")


def test_without_a_host_name_nothing_starts():
    with pytest.raises(KeyError, match="LABELAPP_HOST"):
        read(MAIN, {})


def test_the_image_is_built_of_what_is_there():
    stages = re.findall(r"^FROM \S+ AS (\S+)$", dockerfile(), re.MULTILINE)
    built = re.findall(r"^FROM (\S+) AS", dockerfile(), re.MULTILINE)
    assert [each for each in built if each not in stages] == ["python:${PYTHON}"]
    assert re.search(r"^ARG PYTHON=3\.11\.\d+-slim-bookworm$", dockerfile(), re.MULTILINE)
    assert set(re.findall(r"--from=(\S+)", dockerfile())) <= set(stages)
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile(), re.MULTILINE):
        for source in sources.split():
            assert (ROOT / source).exists(), source
            assert source in allowed, source


def test_both_images_hold_the_same_site():
    def copied(target: str) -> list[str]:
        return [line.replace("slim-gpu", "slim-cpu") for line in stage(target) if line.startswith("COPY")]

    assert copied("gpu") == copied("cpu")


def test_the_gpu_image_differs_in_tensorflow_only():
    cpu, gpu = ((ROOT / name).read_text().splitlines() for name in ("requirements.txt", "requirements-gpu.txt"))
    [tensorflow] = [line for line in gpu if not line.startswith("nvidia-")]
    assert {tensorflow.split(";")[0].strip()} == {
        line.split(";")[0].strip().replace("-cpu", "") for line in cpu if line.startswith("tensorflow")
    }
    assert any(line.startswith("nvidia-cudnn") for line in gpu)


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text()


def stage(name: str) -> list[str]:
    lines = dockerfile().splitlines()
    start = next(number for number, line in enumerate(lines) if line.endswith(f" AS {name}"))
    end = next((number for number in range(start + 1, len(lines)) if lines[number].startswith("FROM")), len(lines))
    return [line for line in lines[start:end] if line and not line.startswith("#")]
