/** Campaigns: an update's audience, waves, gate and retries, and which campaign goes first. */
@NullMarked
package convoy.data.campaign;

import org.jspecify.annotations.NullMarked;
