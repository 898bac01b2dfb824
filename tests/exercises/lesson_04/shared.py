"""What the answers to several exercises of lesson 04 share."""


def lengths(hypotheses, references):
    return sum(map(len, hypotheses)), sum(map(len, references))
