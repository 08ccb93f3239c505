"""What pytest leaves alone here: the guided fuzzer is a command, and needs atheris, which `make fuzz` installs."""

collect_ignore = ["guided.py"]
