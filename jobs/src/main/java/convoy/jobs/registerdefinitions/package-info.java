/** The job that registers update and campaign definitions. */
@NullMarked
package convoy.jobs.registerdefinitions;

import org.jspecify.annotations.NullMarked;
