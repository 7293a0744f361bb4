package convoy.data.vehicle;

/**
 * What a rule found in a row: an error, for which the row is not accepted, or a warning, with which
 * it is.
 *
 * @param rule the rule's id, such as {@code VIN_CHECK_DIGIT}
 * @param column the header of the column at fault, or the empty string when it is the whole row
 * @param found what stood there
 * @param expected what would have been accepted, with an example
 */
public record Finding(String rule, String column, String found, String expected) {}
