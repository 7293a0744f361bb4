/** Plays the vehicles of a campaign, for rehearsals and tests. */
@NullMarked
package convoy.jobs.simulate;

import org.jspecify.annotations.NullMarked;
