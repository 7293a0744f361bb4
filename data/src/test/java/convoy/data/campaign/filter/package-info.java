/** Tests of the filter of an audience. */
@NullMarked
package convoy.data.campaign.filter;

import org.jspecify.annotations.NullMarked;
