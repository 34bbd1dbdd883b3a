"""The numbers that quotes say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.sense import says


@pytest.mark.parametrize(
    ("quote", "numbers"),
    [
        ("Eleven people and 13 others were killed", "11, 13"),
        ("at least one hundred and thirty-seven civilians", "137"),
        ("two dozen were hurt", "24"),
        ("half a dozen were hurt", "6"),
        ("2 dozen", "24"),
        ("1,378 people", "1378"),
        ("two thousand three hundred and one", "2301"),
        ("twenty-one", "21"),
        ("three or four", "3, 4"),
        ("a man and two children", "1, 2"),
        ("a couple and their daughter", "2, 1"),
        ("قتل أحد عشر مدنيًا", "11"),
        ("اثنا عشر قتيلًا", "12"),
        ("خمس عشرة امرأة", "15"),
        ("خمسة وعشرون قتيلًا", "25"),
        ("مئة وسبعة وثلاثين مدنيًا", "137"),
        ("مائة وسبعة وثلاثون", "137"),
        ("ألف وثلاثمئة وثمانية وسبعون", "1378"),
        ("ثلاثة آلاف", "3000"),
        ("مئتي شخص", "200"),
        ("٢٣ قتيلًا", "23"),
        ("۱٬۳۷۸ نفر", "1378"),
        ("مقتل طفلين وامرأة", "2, 1"),
        ("قُتل شخصان يوم الأحد", "2"),
        ("يوم الاثنين", ""),
        ("", ""),
        ("air strikes on the town", ""),
    ],
)
def test_says_the_numbers_of_a_quote(quote: str, numbers: str) -> None:
    assert says(quote).in_words == numbers


@pytest.mark.parametrize(
    ("quote", "number"),
    [
        ("a man and two children", 3),
        ("a man, a woman and two children", 4),
        ("three civilians and two fighters", 5),
        ("مقتل طفلين وامرأة", 3),
        ("dozens were killed", 24),
        ("عشرات القتلى", 20),
        ("more than 60 civilians", 60),
        ("more than 60 civilians", 61),
        ("بأكثر من 60", 61),
        ("fewer than ten", 9),
        ("killed a nurse", 1),
        ("مقتل ممرضة", 1),
        ("nobody was hurt", 0),
        ("spared casualties", 0),
        ("لم يصب أحد", 0),
        ("15 people, including children, were killed", 2),
        ("between 11 and 13", 11),
        ("11–13 people", 13),
    ],
)
def test_says_what_a_careful_person_may_take_them_for(quote: str, number: int) -> None:
    assert says(quote).supports(number)


@pytest.mark.parametrize(
    ("quote", "number"),
    [
        ("544 civilians were killed", 11),
        ("544 civilians were killed", 13),
        ("13 killed and 11 injured", 24),
        ("23 people, including seven children", 30),
        ("23 قتيلًا بينهم سبعة أطفال", 30),
        ("مقتل ثلاثة وإصابة خمسة", 8),
        ("between 11 and 13", 24),
        ("dozens were killed", 544),
        ("Two people died", 0),
        ("Two people died", 3),
        ("It was night.", 1),
        ("five people were killed", 2),
    ],
)
def test_says_no_other_number(quote: str, number: int) -> None:
    assert not says(quote).supports(number)


@given(st.integers(0, 999_999), st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_says_digits_of_any_script(number: int, digits: str) -> None:
    quote = f"{number} people".translate(str.maketrans("0123456789", digits))

    assert says(quote).supports(number)
    assert not says(quote).supports(number + 1_000_000)


ENGLISH_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_english(number: int) -> str:
    if number < 20:
        return ENGLISH_ONES[number]
    if number < 100:
        rest = f"-{ENGLISH_ONES[number % 10]}" if number % 10 else ""
        return ENGLISH_TENS[number // 10 - 2] + rest
    scale, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = f" and {in_english(number % scale)}" if number % scale else ""
    return f"{in_english(number // scale)} {name}{rest}"


@given(st.integers(1, 99_999))
def test_says_english_words(number: int) -> None:
    said = says(f"On the same day {in_english(number)} others were killed.")

    assert said.in_words == str(number)


ARABIC_ONES = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
ARABIC_TENS = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
ARABIC_HUNDREDS = ["مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def in_arabic(number: int) -> str:
    """As Arabic says it: hundreds, ones, tens, each with its “and”."""
    hundreds, rest = divmod(number, 100)
    parts = [ARABIC_HUNDREDS[hundreds - 1]] if hundreds else []
    if 10 < rest < 20:
        first = {1: "أحد", 2: "اثنا"}.get(rest - 10) or ARABIC_ONES[rest - 11]
        parts.append(f"{first} عشر")
    elif rest == 10:
        parts.append("عشرة")
    else:
        tens, ones = divmod(rest, 10)
        parts += [ARABIC_ONES[ones - 1]] if ones else []
        parts += [ARABIC_TENS[tens - 2]] if tens else []
    return " و".join(parts)


@given(st.integers(1, 999))
def test_says_arabic_words(number: int) -> None:
    said = says(f"قُتل {in_arabic(number)} آخرون في اليوم نفسه.")

    assert said.in_words == str(number)


@given(st.text(max_size=200))
def test_says_takes_any_text(text: str) -> None:
    said = says(text)

    assert not said.supports(-1) or said.beside
    assert all(0 <= number.first <= number.last for number in said.numbers)
