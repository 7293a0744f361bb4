package convoy.readers.export;

import org.jspecify.annotations.Nullable;

/**
 * One record of a text file, not yet taken apart.
 *
 * @param line the line on which it starts, 1-based
 * @param text as it stood, without its line end
 * @param fault what is wrong with its quotes, null when nothing is
 */
record RawRecord(long line, String text, @Nullable String fault) {}
