/**
 * The fleet store in DuckDB, and the only place that runs SQL: the statements are the .sql files
 * under {@code convoy/sql}.
 */
@NullMarked
package convoy.data.duckdb;

import org.jspecify.annotations.NullMarked;
