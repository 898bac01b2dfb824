"""What the answers to several exercises of lesson 02 share."""

PAD, SOS, EOS = 0, 2, 3
