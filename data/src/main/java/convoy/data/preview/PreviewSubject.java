package convoy.data.preview;

/**
 * A campaign that is previewed, registered or not.
 *
 * @param definition canonical JSON, as registering would keep it; its update is registered
 */
public record PreviewSubject(String campaign, String definition) {}
