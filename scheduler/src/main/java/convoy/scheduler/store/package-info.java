/**
 * Who may open the fleet store when: turns between threads, a lock between processes, and what the
 * holder is doing.
 */
@NullMarked
package convoy.scheduler.store;

import org.jspecify.annotations.NullMarked;
