"""The short form of the measurement: two invented texts under every alteration; a blind reader is noticed."""

from collections import Counter

import pytest

from archive.text import drift
from evaluate import passages

# ruff: noqa: E501
# Demonstration: invented reports about invented places, in our own words.
ENGLISH = """Shells on the old mill

Two shells hit the old mill of Samplebury on Monday morning, residents told reporters. The miller and his two sons were
in the yard when the roof came down, and neighbours carried them to the clinic of Upper Weir. A nurse said that one of
them had a broken arm and that the others could go home the same evening.

The council of Samplebury counted 14 houses whose windows had broken. It asked the people of the lower streets to stay
away from the bridge until engineers had looked at it. The bridge was opened again on Thursday after they found no cracks.

A guard at the grain store remembered a loud noise and then dust over the whole valley. He had worked there for eleven
years, he said, and the store had been full since the harvest. Three lorries that stood beside it burned out.

The school of Upper Weir stayed closed for two days. Its head teacher wrote to parents that lessons would be held in the
town hall, and that children from Samplebury could come by the morning bus."""
ARABIC = """قذائف على الطاحونة القديمة

قال سكان بلدة النموذجية إن قذيفتين سقطتا على الطاحونة القديمة صباح الاثنين. وكان الطحان وولداه في الفناء عندما انهار السقف،
فنقلهم الجيران إلى عيادة السد الأعلى. وقالت ممرضة إن أحدهم أصيب بكسر في ذراعه وإن الآخرين عادا إلى البيت في المساء.

وأحصى مجلس البلدة 14 منزلاً تحطم زجاج نوافذها. وطلب المجلس من سكان الشوارع السفلى الابتعاد عن الجسر حتى يفحصه المهندسون.
وفُتح الجسر من جديد يوم الخميس بعد انتهاء الفحص.

وتذكّر حارس مخزن الحبوب صوتاً قوياً ثم غباراً فوق الوادي كله. وقال إنه يعمل هناك منذ إحدى عشرة سنة وإن المخزن كان ممتلئاً
منذ الحصاد. واحترقت ثلاث شاحنات كانت تقف بجانبه.

وبقيت مدرسة السد الأعلى مغلقة يومين. وكتبت المديرة إلى الأهالي أن الدروس ستقام في مبنى البلدية وأن الحافلة ستنقل الأطفال
كل صباح."""


def measured():
    return list(passages.trials([ENGLISH, ARABIC], each=12, seed=8))


def test_everything_is_as_demanded():
    done = measured()
    lines, wrong = passages.summary(done)

    assert wrong == [], "\n".join(lines)
    assert Counter(one.language for one in done).keys() == {"en", "ar"}
    assert len(done) > 150


@pytest.mark.parametrize("name", ["negations", "numbers"])
def test_a_reader_that_is_blind_is_noticed(monkeypatch, name):
    monkeypatch.setattr(drift, name, lambda tokens: iter(()))

    assert any("not flagged" in line for line in passages.summary(measured())[1])
