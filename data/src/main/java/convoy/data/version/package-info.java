/** Software versions as order-preserving keys, and ranges over them. */
@NullMarked
package convoy.data.version;

import org.jspecify.annotations.NullMarked;
