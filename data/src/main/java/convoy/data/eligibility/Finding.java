package convoy.data.eligibility;

import org.jspecify.annotations.Nullable;

/**
 * A reason in one vehicle.
 *
 * @param module the module that it is about; null when it is about the vehicle
 * @param found what was found, for people
 * @param expected what would have been needed instead
 * @param sourceFile the file that told of what was found; null when nothing did
 * @param sourceLine the row in it
 */
public record Finding(
    Reason reason,
    @Nullable String module,
    String found,
    String expected,
    @Nullable String sourceFile,
    @Nullable Long sourceLine) {}
