"""A gap is mended from its page: the difference first, the draft afterwards."""

from tests.web.site import Site

WINDOW = "2027-01-04"


def test_a_planner_sees_the_difference_and_takes_it_over(site: Site) -> None:
    ilse = site.person("ilse")
    address = f"/planner/shifts/s3/repair?window={WINDOW}"
    assert f'href="/planner/shifts/s3/repair?window={WINDOW}"' in ilse.get(f"/planner/shifts/s3?window={WINDOW}").text
    page = ilse.get(address).text
    assert "Dit verandert er dan: 1 stap" in page
    proposal = page.split('name="proposal" value="')[1].split('"')[0]
    answer = ilse.client.post(address, data=ilse.secrets | {"window": WINDOW, "out": "", "proposal": proposal})
    assert answer.status_code == 302
    assert "staat" in ilse.get(f"/planner/board?window={WINDOW}").text
    again = ilse.client.post(address, data=ilse.secrets | {"window": WINDOW, "out": "", "proposal": proposal})
    assert again.status_code == 409
