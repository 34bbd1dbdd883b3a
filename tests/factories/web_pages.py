"""Web pages for tests, in our own words: a demonstration report as an outlet might print it, and what is no report."""

PARAGRAPHS = (
    "Shells hit the old grain mill of the demonstration village shortly before dawn, two residents said.",
    "The <b>first</b> shell fell at <time datetime='2018-03-14'>4 in the morning</time> and broke the roof.",
    "No one was working there at the time, the miller said, because the flour had run out a week before that night.",
    "A second shell landed in the field behind the road, where it did not go off until the afternoon of the same day.",
)
CAPTION = "The mill, seen from the road two days later. Demonstration picture."
ARABIC = (
    "سقطت قذائف على المطحنة القديمة في القرية التجريبية قبيل الفجر، بحسب ما قال اثنان من السكان.",
    "ولم يكن أحد يعمل هناك في ذلك الوقت، لأن الطحين نفد قبل أسبوع، كما قال صاحب المطحنة.",
    "وسقطت قذيفة ثانية في الحقل خلف الطريق ولم تنفجر حتى بعد ظهر اليوم نفسه.",
)
JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "NewsArticle", "headline": "Shells hit the old mill", "datePublished": "2018-03-14T06:30:00+02:00",
"dateModified": "2018-03-15T09:00:00+02:00", "author": [{"@type": "Person", "name": "By A. Demonstration"}],
"publisher": {"@type": "Organization", "name": "The Mill Times"}, "inLanguage": "en"}]}</script>"""
MENU = "<nav><ul><li><a href='/'>Home page</a></li><li><a href='/w'>World news</a></li></ul></nav>"


def page(
    body: str | None = None,
    *,
    head: str = JSON_LD,
    title: str = "Shells hit the old mill - The Mill Times",
    lang: str = "en",
) -> str:
    """A whole page; its body is the report if none is given."""
    report = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
    figure = f"<figure><img src='mill.jpg' alt=''><figcaption>{CAPTION}</figcaption></figure>"
    own = f"<article><h1>Shells hit the old mill</h1>{figure}{report}</article><footer>All rights reserved.</footer>"
    return (
        f"<!DOCTYPE html>\n<html lang='{lang}'><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body>{MENU}{own if body is None else body}</body></html>"
    )


def arabic_page(charset: str) -> bytes:
    """A report in Arabic whose head names its encoding, on a site that calls itself English."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in ARABIC)
    return (
        f"<html lang='en-US' dir='rtl'><head><meta http-equiv='Content-Type' content='text/html; charset={charset}'>"
        f"<title>قذائف على المطحنة القديمة</title></head><body><div><h1>قذائف على المطحنة القديمة</h1>{body}</div>"
        "</body></html>"
    ).encode(charset)
