/** The filter of an audience: a small language over what is known of a vehicle. */
@NullMarked
package convoy.data.campaign.filter;

import org.jspecify.annotations.NullMarked;
