/**
 * Who may open the fleet store, and make a run of each kind, when: turns between threads, locks
 * between processes, and what the holder is doing.
 */
@NullMarked
package convoy.scheduler.store;

import org.jspecify.annotations.NullMarked;
