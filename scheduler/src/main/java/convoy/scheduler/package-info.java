/** Convoy: scheduled batch jobs for over-the-air vehicle update campaigns. */
@NullMarked
package convoy.scheduler;

import org.jspecify.annotations.NullMarked;
