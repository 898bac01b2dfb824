"""Frames: their keys, and how a row is read."""

import pytest

from tools.corpus.frames.frame import BY_KEY, FRAMES, frame_key, read_frame


def test_frames_have_keys_of_their_own():
    assert len(BY_KEY) >= 350
    assert len(FRAMES) - len(BY_KEY) <= 10


def test_a_row():
    frame = read_frame("하늘1+이 맑2 | the sky1 / be clear2 | adj neg=ji t=am,pm @park", "nature")
    assert (frame.subject, frame.subject_en, frame.en) == ("0", "the sky1", "be clear2")
    assert (frame.days, frame.places) == (("am", "pm"), ("park",))
    assert (frame.state, frame.stem, frame.negation) == (True, "맑", "ji")
    assert frame_key(frame.ko) == "하늘+이 맑"


def test_an_unknown_option_is_refused():
    with pytest.raises(ValueError, match=r"expected known options, got \['often'\] in '먹 \| eat \| often'"):
        read_frame("먹 | eat | often", "food")
