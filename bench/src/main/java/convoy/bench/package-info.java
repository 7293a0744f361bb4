/** Measures the jobs beside the limit of what they stand on, in one run, as ratios. */
@NullMarked
package convoy.bench;

import org.jspecify.annotations.NullMarked;
