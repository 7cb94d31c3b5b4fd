"""Which database ``DATABASE_URL`` names, and how it is used."""

import pytest

from labelapp.lib.database_url import database


@pytest.fixture
def database_at(monkeypatch, tmp_path):
    def read(url: str, web: bool = True) -> dict:
        monkeypatch.setenv("DATABASE_URL", url)
        return database("DATABASE_URL", tmp_path, web=web)

    return read


def test_without_one_it_is_a_file_of_the_data_folder_whose_writers_wait_for_each_other(database_at, tmp_path):
    found = database_at("")
    assert found["NAME"] == str(tmp_path / "labelapp.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_web_process_pools_its_connections_and_a_worker_keeps_one(database_at):
    web, worker = database_at("postgres://me@there/db"), database_at("postgres://me@there/db", web=False)
    assert (web["CONN_MAX_AGE"], web["OPTIONS"]["pool"]["max_size"]) == (0, 10)
    assert worker["CONN_MAX_AGE"] > 0
    assert "pool" not in worker.get("OPTIONS", {})


@pytest.mark.parametrize("web", [True, False])
def test_what_the_address_asks_of_the_connection_is_kept(database_at, web):
    assert database_at("postgres://me@there/db?sslmode=require", web)["OPTIONS"]["sslmode"] == "require"
