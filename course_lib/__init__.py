"""Reference implementations for the course *From word embeddings to Transformers*.

A subject to a module, the modules of each lesson side by side; import what you need from the module itself.

    00 start here        dense
    01 word embeddings   text, embeddings
    02 RNN               rnn, language_model, gradients, tasks, masks
    03 LSTM              lstm, gru, recurrent
    04 seq2seq           seq2seq, decoding
    05 attention         attention
    06 Transformer       transformer

Beside them: `training` and `metrics` serve every lesson, `fast` has the fused counterparts of the loops.

Dimension key, the same in every docstring, every comment and every lesson:

    B  batch                  V  vocabulary            N  attention heads
    S  source length          E  embedding, inputs     K  head width
    T  target length, or the  H  hidden state, units   L  layers
       length of the one      D  model width           C  classes
       sequence at hand                                M  negative samples per pair

A mask is True where something may be attended to or counted, everywhere.
"""

__version__ = "0.1.0"
