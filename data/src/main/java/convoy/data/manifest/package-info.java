/** Manifests: TUF metadata of an Uptane Director, built, signed, and checked as a vehicle does. */
@NullMarked
package convoy.data.manifest;

import org.jspecify.annotations.NullMarked;
