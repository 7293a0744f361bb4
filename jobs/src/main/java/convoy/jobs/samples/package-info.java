/** Sample data: a made-up fleet, its plants' exports with known faults, updates and campaigns. */
@NullMarked
package convoy.jobs.samples;

import org.jspecify.annotations.NullMarked;
