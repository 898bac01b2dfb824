"""Reference implementations for the course *From word embeddings to Transformers*.

Each lesson has its modules; import what you need from the module itself.

    00 start here        dense
    01 word embeddings   text, batches, embeddings, skipgram, vectors
    02 RNN               rnn, language_model, gradients, tasks, masks
    03 LSTM              lstm, gru, recurrent
    04 seq2seq           encoder, stacked, seq2seq, scheduled_sampling, decoding, beam, metrics
    05 attention         attention, attention_decoders, word_alignment
    06 Transformer       transformer (positions, heads, layers, cache, model, optimization)
    07 real translation  bpe

What they stand on: `files`, `tensor_file`, `folders`, `likelihood`, `modes`, `statistics`; `sentence_pairs`, `bundled`
and `datasets` read data; `training`, `checkpoint` and `progress_bar` are the loop for every model; `fast` has fused
counterparts; `plotting` draws arrays. On top: `translator`, a model with its vocabularies; `exercises` (the checks),
`experiments` (what the lessons measure), `explorers` (drawings that move) and `cli`, the command `course`.

Dimension key, the same in every docstring, every comment and every lesson:

    B  batch                  V  vocabulary            N    attention heads
    S  source length          E  embedding, inputs     d_k  width of a head
    T  target length, or the  H  hidden state, units   L    layers
       length of the one      D  model width           C    classes
       sequence at hand                                M    negative samples per pair

A mask is True where something may be attended to or counted, everywhere.
"""

__version__ = "0.1.0"
