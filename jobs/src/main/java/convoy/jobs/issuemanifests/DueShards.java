package convoy.jobs.issuemanifests;

import convoy.data.campaign.PlannedEnd;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Carrying;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Rollbacks;
import convoy.data.manifest.ImageTargets;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.trust.RollbackCheck;
import convoy.jobs.trust.ShardProof;
import convoy.jobs.trust.TrustCheck;
import convoy.jobs.trust.WithdrawalCheck;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * The next shard to sign. Before each, what people asked of campaigns meanwhile is carried out;
 * where something was, what is due is looked up anew, so that a campaign that is paused gets no
 * further shard, and what is taken back comes first. Once all is written, vehicles that got another
 * campaign's manifest first have their turn ({@link LaterTurns}). Ends when no shard is due that
 * may be signed, and says so when none can be since a root or a key of the Director does not hold.
 * One thread; a restart goes on with what is still prepared.
 */
final class DueShards implements ItemReader<DueShard> {
  private final OpenStore store;
  private final CampaignControl control;
  private final TrustCheck trust;
  private final WithdrawalCheck withdrawals;
  private final RollbackCheck rollbacks;
  private final SigningGround ground;
  private final LaterTurns turns;
  private final CarriedCheck carried;
  private final Clock clock;
  private final StepExecution step;
  private final IssueParameters parameters;

  private final List<String> said = new ArrayList<>();
  private final Set<Issuing.Shard> read = new HashSet<>();
  private final Set<Issuing.Shard> refused = new HashSet<>();

  /** What takes back and was not read yet; null before the first look. */
  private @Nullable Deque<Issuing.Shard> takingBack;

  /** What installs and was not read yet; null when it is to be looked up. */
  private @Nullable Deque<Issuing.Shard> installing;

  /** Each order is proved once for all of its shards, until a person's request is done. */
  private final Map<Long, ShardProof> withdrawalProofs = new HashMap<>();

  private final Map<Long, ShardProof> rollbackProofs = new HashMap<>();

  /** Whether shards can be signed; null before the first one. */
  private @Nullable Boolean canSign;

  /** The campaigns that may be signed for, with their ends; null before the first look. */
  private @Nullable Map<String, Optional<PlannedEnd>> trusted;

  DueShards(
      OpenStore store,
      CampaignControl control,
      TrustCheck trust,
      WithdrawalCheck withdrawals,
      RollbackCheck rollbacks,
      SigningGround ground,
      LaterTurns turns,
      CarriedCheck carried,
      Clock clock,
      StepExecution step) {
    this.store = store;
    this.control = control;
    this.trust = trust;
    this.withdrawals = withdrawals;
    this.rollbacks = rollbacks;
    this.ground = ground;
    this.turns = turns;
    this.carried = carried;
    this.clock = clock;
    this.step = step;
    this.parameters = IssueParameters.of(step.getJobParameters());
  }

  @Override
  public @Nullable DueShard read() throws IOException {
    FleetStore fleet = store.get();
    Optional<Issuing.Shard> back = takingBack(fleet);
    while (back.isEmpty() && turns.areLeft() && queued(fleet).isEmpty()) {
      prepareLeft(fleet);
      // That took a while, in which people may have asked for something.
      back = takingBack(fleet);
    }
    DueShard due =
        back.isPresent() ? new DueShard(back.get(), null) : installing(fleet).orElse(null);
    if (due == null || !canSign(fleet)) {
      return null;
    }
    Issuing.Shard settled = settleCarried(fleet, due.shard());
    if (!read.add(settled)) {
      throw new IllegalStateException(settled + " was signed and is prepared again");
    }
    return new DueShard(settled, due.likelyNext());
  }

  private void forgetProofs() {
    withdrawalProofs.clear();
    rollbackProofs.clear();
    carried.forget();
  }

  /** Asked at the first shard: opening keys takes a while, and may fail. */
  private boolean canSign(FleetStore fleet) throws IOException {
    if (canSign == null) {
      Optional<String> problem = ground.problem(fleet, clock.instant());
      problem.ifPresent(
          why -> {
            JobSummary.distrusted(step);
            say(List.of("what is prepared is not signed: " + why));
          });
      canSign = problem.isEmpty();
    }
    return canSign;
  }

  /** What people ask for is carried out; then what takes back goes before all else. */
  private Optional<Issuing.Shard> takingBack(FleetStore fleet) throws IOException {
    List<String> done = control.carryOutWaiting(fleet, clock.instant());
    say(done);
    Deque<Issuing.Shard> left = takingBack;
    if (left == null || !done.isEmpty()) {
      left = new ArrayDeque<>(Issuing.withdrawing(fleet));
      left.addAll(Issuing.rollingBack(fleet));
      takingBack = left;
      installing = null;
      forgetProofs();
    }
    while (!left.isEmpty()) {
      Issuing.Shard shard = left.remove();
      if (!parameters.includes(shard.campaign()) || refused.contains(shard)) {
        continue;
      }
      Optional<String> problem = problem(fleet, shard);
      if (problem.isEmpty()) {
        return Optional.of(shard);
      }
      refused.add(shard);
      JobSummary.distrusted(step);
      say(
          List.of(
              "%s: wave %d shard %d is not written, its %s is not trusted: %s"
                  .formatted(
                      shard.campaign(),
                      shard.wave(),
                      shard.shard(),
                      shard.rollback() == null ? "withdrawal" : "rollback",
                      problem.get())));
      // Without the image repository nothing is wrong with the rollback itself.
      if (shard.rollback() != null && ground.images(fleet, clock.instant()).isPresent()) {
        Rollbacks.refuse(fleet, shard, problem.get(), clock.instant());
      }
    }
    return Optional.empty();
  }

  /**
   * The shard without what it carries and what must not be signed once more. Only what is prepared
   * changes: a shard that stands in the outbox was recorded before.
   */
  private Issuing.Shard settleCarried(FleetStore fleet, Issuing.Shard shard) throws IOException {
    Issuing.Shard settled = shard;
    if (shard.carrying() > 0) {
      ImageTargets listed = ground.images(fleet, clock.instant()).orElseThrow();
      for (Issuing.Shard source : Carrying.sources(fleet, shard)) {
        Optional<String> problem = carried.problem(fleet, source, listed);
        if (problem.isPresent()) {
          settled = Carrying.leave(fleet, shard, source, problem.get(), clock.instant());
          JobSummary.distrusted(step);
          say(
              List.of(
                  "%s: %,d vehicles of wave %d shard %d are not carried by campaign %s, not trusted: %s"
                      .formatted(
                          source.campaign(),
                          source.vehicles(),
                          source.wave(),
                          source.shard(),
                          shard.campaign(),
                          problem.get())));
        }
      }
    }
    return settled;
  }

  /** Why what takes manifests or vehicles back is not written, as a sentence. */
  private Optional<String> problem(FleetStore fleet, Issuing.Shard shard) throws IOException {
    Long rollback = shard.rollback();
    // What names images needs the repository: without it no vehicle takes anything.
    if ((rollback != null || shard.carrying() > 0)
        && ground.images(fleet, clock.instant()).isEmpty()) {
      return Optional.of("the image repository does not hold");
    }
    ShardProof proof =
        rollback == null
            ? withdrawalProofs.computeIfAbsent(
                Objects.requireNonNull(shard.withdrawal()), n -> withdrawals.proof(fleet, n))
            : rollbackProofs.computeIfAbsent(rollback, n -> rollbacks.proof(fleet, n));
    return proof.problem(fleet, shard);
  }

  private Optional<DueShard> installing(FleetStore fleet) throws IOException {
    if (parameters.withdrawalsOnly()) {
      return Optional.empty();
    }
    Deque<Issuing.Shard> left = queued(fleet);
    Issuing.Shard next = left.poll();
    if (next == null) {
      return Optional.empty();
    }
    Issuing.Shard after = left.peek();
    // What others carry may still be taken out of it.
    boolean isSettled = after != null && after.carrying() == 0;
    return Optional.of(new DueShard(next, isSettled ? after : null));
  }

  /** What installs and may be signed still. */
  private Deque<Issuing.Shard> queued(FleetStore fleet) throws IOException {
    Deque<Issuing.Shard> left = installing;
    if (left == null) {
      // Not for each shard: it counts all manifests that are prepared.
      left = new ArrayDeque<>(Issuing.shards(fleet, trusted(fleet).keySet()));
      installing = left;
    }
    Set<String> going = going(fleet);
    left.removeIf(shard -> !going.contains(shard.campaign()));
    return left;
  }

  /** The campaigns that may be signed for and whose end has not come. */
  private Set<String> going(FleetStore fleet) throws IOException {
    Instant now = clock.instant();
    Set<String> going = new HashSet<>();
    trusted(fleet)
        .forEach(
            (campaign, end) -> {
              if (end.filter(e -> e.isPast(now)).isEmpty()) {
                going.add(campaign);
              }
            });
    return going;
  }

  /**
   * The vehicles that got another campaign's manifest first have their turn, on what is trusted by
   * now: the first ones may have been hours ago.
   */
  private void prepareLeft(FleetStore fleet) throws IOException {
    trusted = null;
    forgetProofs();
    installing = null;
    Instant now = clock.instant();
    List<String> releases =
        ground
            .images(fleet, now)
            .map(listed -> RollbackPreparation.listedReleases(fleet, listed))
            .orElse(List.of());
    say(turns.prepareLeft(fleet, going(fleet), releases, now));
  }

  /** Asked once more at the last moment before signing. */
  private Map<String, Optional<PlannedEnd>> trusted(FleetStore fleet) throws IOException {
    if (trusted == null) {
      Map<String, Optional<PlannedEnd>> found = new HashMap<>();
      Optional<ImageTargets> images = ground.images(fleet, clock.instant());
      for (Campaigns.Campaign campaign : Campaigns.all(fleet)) {
        if (images.isPresent()
            && campaign.state().equals("RUNNING")
            && parameters.includes(campaign.id())
            && trust.problem(fleet, campaign).isEmpty()
            && isListed(images.get(), fleet, campaign)) {
          found.put(campaign.id(), PlannedEnd.of(campaign.definition()));
        }
      }
      trusted = found;
    }
    return trusted;
  }

  private static boolean isListed(
      ImageTargets images, FleetStore fleet, Campaigns.Campaign campaign) {
    return SigningGround.problem(images, fleet, Preparation.update(fleet, campaign)).isEmpty();
  }

  private void say(List<String> lines) {
    if (!lines.isEmpty()) {
      said.addAll(lines);
      JobSummary.say(step, String.join("\n", said));
    }
  }
}
