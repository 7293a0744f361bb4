/** Tests of the sample data. */
@NullMarked
package convoy.jobs.samples;

import org.jspecify.annotations.NullMarked;
