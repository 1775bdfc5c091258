"""docgen: data and Word templates in, documents and a verdict out.

One direction, said once in `pipeline`:

    load → check → plan → fill → typeset → bind → report

Floors, lowest first: problem < model < language < the stages < pipeline < batch < cli.
The engine knows no notice: what a notice asks stands in `notices/`, how a document looks in
`templates/`, who applies in `data/`, and what comes out in `out/`.
"""

__version__ = "0.1.0"
