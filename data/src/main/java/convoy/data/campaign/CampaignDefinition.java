package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.update.DefinitionChecks;
import convoy.data.update.UpdateRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as its author plans it: one update, an audience, an urgency, a priority and a rollout
 * plan.
 *
 * @param id lower-case letters, digits and dashes
 * @param author the person who wrote it and so may not approve it
 * @param priority 1 to 100, higher first
 * @param waves in order, a plan that {@link WavePlan#validate} accepts
 * @param membership whether vehicles that become eligible later join
 * @param rate how many manifests a day; null for as many as there are
 * @param start whether it waits for a person to start it once it is approved
 * @param window when manifests may be issued; null for always
 * @param owner what owners are asked and told
 * @param ends when it ends by itself, and how; null for never
 * @param rollback when vehicles go back by themselves to the versions from before
 */
public record CampaignDefinition(
    String id,
    String title,
    UpdateRef update,
    String author,
    Urgency urgency,
    int priority,
    Audience audience,
    List<WaveRule> waves,
    GateRule gate,
    RetryRule retry,
    Membership membership,
    @Nullable Rate rate,
    Start start,
    @Nullable CampaignWindow window,
    OwnerTerms owner,
    @Nullable CampaignEnd ends,
    RollbackRule rollback) {
  public CampaignDefinition {
    waves = List.copyOf(waves);
    DefinitionChecks.name("campaign", id);
    DefinitionChecks.line("title", title);
    check(DefinitionChecks.isUserName(author), "author", author, "a user name such as alice");
    check(priority >= 1 && priority <= 100, "priority", priority, "1 to 100");
    WavePlan.validate(waves);
    check(
        ends == null || window == null || ends.at().isAfter(window.begins()),
        "ends.at",
        ends == null ? "" : ends.at(),
        "a time after window.begins '%s'".formatted(window == null ? "" : window.begins()));
  }
}
