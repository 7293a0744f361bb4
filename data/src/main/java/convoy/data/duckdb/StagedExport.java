package convoy.data.duckdb;

import convoy.data.vehicle.RuleTable;
import org.jspecify.annotations.Nullable;

/**
 * What a landing has to know of a staged export beside its rows.
 *
 * @param full whether it names every vehicle of its plant, so that one which it lacks is missing
 * @param plant the plant that a full export speaks for; null: vehicles of which no plant is known
 * @param rules those between rows are applied here
 * @param errorShare which share of faulty rows refuses the file
 * @param raw the file's rows as they were written
 */
public record StagedExport(
    boolean full, @Nullable String plant, RuleTable rules, ErrorShare errorShare, RawRows raw) {}
