"""Widgets over `plotting`, one file per lesson: move a control and watch the picture follow.

Beside each explorer stands its picture: the same drawing at a few settings, for readers without a kernel.
"""
