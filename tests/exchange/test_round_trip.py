"""Does a region come back from its files as it went in, byte for byte?"""

from pathlib import Path

import pytest
from hypothesis import given, settings

from scheduler.domain.errors import Refused
from scheduler.exchange.faults import FROM_DISK
from scheduler.exchange.layout import read_region, region_files, write_region
from scheduler.exchange.region import Region
from tests.exchange.worlds import as_sample, regions, typed


@pytest.mark.slow
@settings(max_examples=60)
@given(regions())
def test_export_import_export_gives_the_same_bytes(region: Region) -> None:
    first = region_files(region)
    reading = read_region(first)
    assert [str(fault) for fault in reading.faults] == []
    assert reading.region is not None
    assert region_files(reading.region) == first


@pytest.mark.slow
@settings(max_examples=60)
@given(regions())
def test_what_was_read_reads_again_as_an_equal_region(region: Region) -> None:
    once = read_region(region_files(region)).region
    assert once is not None
    twice = read_region(region_files(once)).region
    assert twice == once
    tidied = as_sample(region)
    assert (once.experts, once.shifts, once.history) == (tidied.experts, tidied.shifts, tidied.history)
    assert [r.recurrence for r in once.requests] == [r.recurrence for r in tidied.requests]
    assert (once.pins, once.answers, once.published) == (tidied.pins, tidied.answers, tidied.published)


def test_the_same_region_in_other_dialects_is_the_same_region(tmp_path: Path) -> None:
    plain = read_region(typed()).region
    assert plain is not None
    for start, separator, ending in (
        (b"\xef\xbb\xbf", b";", b"\r\n"),
        (b"", b"\t", b"\n"),
        (b"\xef\xbb\xbf", b",", b"\r\n"),
    ):
        files = {name: start + data.replace(b",", separator).replace(b"\n", ending) for name, data in typed().items()}
        files["experts.csv"] = files["experts.csv"].replace(b"7.5", b"7,5" if separator != b"," else b'"7,5"')
        reading = read_region(files)
        assert [str(fault) for fault in reading.faults] == []
        assert reading.region == plain


def test_a_folder_holds_exactly_the_region_that_was_written_last(tmp_path: Path) -> None:
    full, small = read_region(typed()).region, read_region(typed(shifts=None)).region
    assert full is not None
    assert small is not None
    (tmp_path / "notes.txt").write_text("mine")
    write_region(full, tmp_path)
    assert read_region(tmp_path, FROM_DISK).region == full
    write_region(small, tmp_path)
    assert read_region(tmp_path, FROM_DISK).region == small
    assert not (tmp_path / "shifts.csv").exists()
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    region = read_region(typed()).region
    assert region is not None
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refused, match="cannot be written"):
        write_region(region, tmp_path / "file")
