from benchmarks import report


def page(name, p50, p95=None, **more):
    times = {"count": 40, "p50": p50, "p95": p95 or p50, "slowest": p95 or p50}
    return {"name": name, "queries": 5.0, "alone": times, "again": times, "together": times, "floor": times, **more}


def test_table_marks_what_misses_its_bound():
    slow = page("slow", 10.0, 80.0) | {"floor": {"p50": 5.0, "p95": 6.0}}
    quick = page("quick", 10.0, 30.0) | {"floor": {"p50": 5.0, "p95": 6.0}}
    middling = page("middling", 21.0, 30.0) | {"floor": {"p50": 5.0, "p95": 6.0}}

    lines = list(report.table([slow, quick, middling, page("incident page", 9.0), page("a phrase", 1.0, 240.0)]))

    assert "**80**" in lines[2]
    assert "**" not in lines[3]
    assert "**21**" in lines[4]
    assert "**9.0**" in lines[5]
    assert lines[6].count("**240**") == 1


def test_written_marks_an_answer_that_waited_for_a_change():
    lines = list(report.written([page("waited", 5.0, 130.0), page("went on", 5.0, 90.0)], 100.0))

    assert lines[2].count("**130**") == 1
    assert "**" not in lines[3]
    assert len({line.count("|") for line in lines}) == 1


def test_table_says_how_many_times_faster_than_datasette():
    lines = list(report.table([page("search", 100.0, datasette={"p50": 850.0})]))

    assert lines[2].endswith("| 850 | 8.5 |")


def test_growth_marks_what_more_than_doubles():
    small, large = [page("a", 10.0), page("b", 10.0)], [page("a", 19.0), page("b", 21.0), page("c", 1.0)]

    lines = list(report.growth(small, large))

    assert [line.endswith("| 1.90 |") for line in lines[2:]] == [True, False]
    assert lines[3].endswith("| **2.10** |")


def test_files_mark_a_slow_first_byte_and_much_memory():
    lines = list(
        report.files(
            [{"name": "x.csv", "first_ms": 250.0, "seconds": 9.0, "megabytes": 80.0, "memory_megabytes": 151.0}]
        )
    )

    assert "**250**" in lines[2]
    assert "**151**" in lines[2]


def test_every_line_has_as_many_cells_as_the_head():
    lines = list(report.table([page("a", 1.0)]))

    assert len({line.count("|") for line in lines}) == 1
