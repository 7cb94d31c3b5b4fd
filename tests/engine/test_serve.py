import json
import subprocess
import time

from training.engine.serve import Server


def ask(server, **request):
    return server.answer(json.dumps(request))


def test_requests_are_answered_until_stdin_ends(engine, trained, digit_files):
    child = engine("serve", "--watch-stdin", stdin=subprocess.PIPE)
    request = {"id": 1, "model": str(trained.folder), "images": [str(digit_files["0"][0])], "top": 2}
    child.process.stdin.write(json.dumps(request) + "\n")
    child.process.stdin.flush()
    first = json.loads(child.process.stdout.readline())
    assert first["id"] == 1
    assert len(first["results"][0]["predictions"]) == 2
    start = time.monotonic()
    child.process.stdin.write(json.dumps({**request, "id": 2}) + "\n")
    child.process.stdin.flush()
    assert json.loads(child.process.stdout.readline())["id"] == 2
    assert time.monotonic() - start < 1
    child.process.stdin.close()
    assert child.process.wait(timeout=10) == 0


def test_a_bad_request_gets_an_error_with_its_id():
    assert ask(Server(), id=5)["error"]["code"] == "bad_request"
    assert ask(Server(), id=5)["id"] == 5
    assert Server().answer("{")["error"]["code"] == "bad_request"
    assert Server().answer("[]")["error"]["code"] == "bad_request"


def test_a_missing_model_gets_an_error(tmp_path):
    answer = ask(Server(), id=1, model=str(tmp_path / "none.keras"), images=[])
    assert answer["error"]["code"] == "missing_weights"


def test_only_the_models_used_last_are_kept(trained, tmp_path, digit_files):
    server = Server(kept=2)
    for number in range(3):
        copy = tmp_path / f"{number}.keras"
        copy.write_bytes((trained.folder / "model.keras").read_bytes())
        assert ask(server, id=number, model=str(copy), images=[str(digit_files["0"][0])])["results"]
    assert len(server._models) == 2
