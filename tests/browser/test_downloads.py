"""A model leaves in another format: made on its page, compared, and downloaded."""

import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.training.site_run import SiteRuns

MINUTES = 180_000  # milliseconds: a worker starts the engine, which loads TensorFlow


@pytest.fixture
def model(site, digits_folder) -> int:
    runs = SiteRuns(site, digits_folder)
    return runs.finish(runs.start(epochs=2))["model"]


def test_a_person_makes_an_onnx_file_and_downloads_it(page: Page, model, tmp_path):
    page.goto(f"/models/{model}/")
    row = page.locator("[data-row=onnx]")
    row.get_by_role("button", name="Make: ONNX").click()
    expect(row.locator(".pill")).to_have_text(re.compile("Queued|Running"))
    expect(row).to_contain_text("Decides alike", timeout=MINUTES)
    expect(row).to_contain_text("100%")
    expect(row).to_contain_text("×")
    with page.expect_download() as download:
        row.get_by_role("link", name="Download ONNX").click()
    assert download.value.suggested_filename.endswith("-onnx.zip")
    download.value.save_as(tmp_path / "model.zip")
    assert {"predict.py", "model/model.onnx", "classes.json"} <= set(zipfile.ZipFile(tmp_path / "model.zip").namelist())
    row.get_by_role("button", name="Delete ONNX").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(row.get_by_role("button", name="Make: ONNX")).to_be_visible()
