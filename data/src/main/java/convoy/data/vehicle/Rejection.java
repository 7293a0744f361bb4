package convoy.data.vehicle;

/**
 * Why a row is not accepted.
 *
 * @param rule the rule's id, such as {@code VIN_CHECK_DIGIT}
 * @param column the header of the column at fault, or the empty string when it is the whole row
 * @param found what stood there
 * @param expected what would have been accepted, with an example
 */
public record Rejection(String rule, String column, String found, String expected) {}
