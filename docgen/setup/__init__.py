"""A bare machine → a working folder: `.venv/`, `.local/fonts/`, `.local/libs/`.

Run as `python3 -m docgen.setup` by make, before anything is installed: standard library only.
Nothing outside the folder is written, and no root is needed.

workspace    where things go, the lock, the stamps
process      a child process → its output, or one calm sentence
packages     what is taken from Debian, as data
debian       package names → .deb files → the few files wanted of them
environment  requirements.lock → .venv
fonts        Debian's font packages → .local/fonts
reports      Debian's pango → .local/libs
"""
