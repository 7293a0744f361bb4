/**
 * Whether a campaign may issue manifests: what people signed, checked against what the store says.
 */
@NullMarked
package convoy.jobs.trust;

import org.jspecify.annotations.NullMarked;
