/**
 * The nightly cron and the launches that other processes hand over, through the Quartz job store.
 */
@NullMarked
package convoy.scheduler.quartz;

import org.jspecify.annotations.NullMarked;
