package convoy.readers.status;

/**
 * One line of a text file.
 *
 * @param number from 1
 * @param text the line without its line end; bytes that are not UTF-8 are shown as {@code \xE9}
 * @param clean whether all of it is UTF-8 text
 */
record RawLine(long number, String text, boolean clean) {}
