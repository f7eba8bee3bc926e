"""What a written report holds is put together here: pins, the author's texts, sections, the code path."""
