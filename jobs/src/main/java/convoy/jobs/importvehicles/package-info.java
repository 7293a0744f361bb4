/** The job that takes manufacturing exports into the fleet. */
@NullMarked
package convoy.jobs.importvehicles;

import org.jspecify.annotations.NullMarked;
