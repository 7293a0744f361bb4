@NullMarked
package convoy.data.duckdb;

import org.jspecify.annotations.NullMarked;
