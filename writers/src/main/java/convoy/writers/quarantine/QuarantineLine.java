package convoy.writers.quarantine;

import org.jspecify.annotations.Nullable;

/**
 * One rejected piece of input.
 *
 * @param file the input file's name
 * @param sheet the sheet of a workbook, null for other files
 * @param line the line of the file or row of the sheet, from 1; 0 when it is the whole file
 * @param column the header of the column at fault, empty when it is the whole row
 * @param rule the rule's id, such as {@code VIN_CHECK_DIGIT}
 * @param found what stood there
 * @param expected what would have been accepted, with an example
 * @param message the whole message for people
 * @param raw the row as it stood in the file
 */
public record QuarantineLine(
    String file,
    @Nullable String sheet,
    long line,
    String column,
    String rule,
    String found,
    String expected,
    String message,
    String raw) {}
