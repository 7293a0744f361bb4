package convoy.scheduler.cli;

import convoy.config.YamlException;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.scheduler.launch.DiskFull;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The program's one command with its subcommands. */
@Command(
    name = "convoy",
    mixinStandardHelpOptions = true,
    version = "convoy 0.1.0",
    description = "Runs over-the-air update campaigns for vehicles as scheduled batch jobs.",
    synopsisSubcommandLabel = "COMMAND",
    scope = ScopeType.INHERIT,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:a job failed, or not all was published; running the command again goes on from where it stopped",
      "2:the command line is not as it must be",
      "3:convoy.yaml or the home folder is not as it must be",
      "4:input was refused; everything else was done",
      "5:another process holds the fleet store, or has such a run under way, and was not done in time",
      "6:a signature, hash or other proof does not hold"
    })
public final class ConvoyCommand implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          InitCommand.class,
          DemoCommand.class,
          ImportCommand.class,
          RegisterCommand.class,
          UpdateCommand.class,
          NightlyCommand.class,
          UrgentCommand.class,
          ScheduleCommand.class,
          CampaignCommand.class,
          OperatorCommand.class,
          KeysCommand.class,
          ImagesCommand.class,
          ManifestCommand.class,
          VehicleCommand.class,
          ExplainCommand.class,
          SimulateCommand.class,
          SamplesCommand.class,
          AuditCommand.class,
          QuarantineCommand.class);

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Runs a command line and yields its exit status. */
  public static int run(String... arguments) {
    return commandLine(arguments).execute(arguments);
  }

  /**
   * The program's command with the subcommand that a command line begins with, or with all where it
   * begins otherwise: to look at the options of every command takes Java a third of the time that a
   * short one has.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine convoy = new CommandLine(new ConvoyCommand());
    COMMANDS.stream()
        .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS)
        .forEach(convoy::addSubcommand);
    return convoy
        .setExecutionExceptionHandler(ConvoyCommand::failed)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** Without a subcommand there is nothing to do but to say what there is. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "expected a command");
  }

  private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    ErrorCode code =
        failure instanceof ConvoyException convoy
            ? convoy.code()
            : failure instanceof YamlException ? ErrorCode.CONFIGURATION : ErrorCode.JOB_FAILED;
    String message =
        failure instanceof ConvoyException
            ? String.valueOf(failure.getMessage())
            : DiskFull.explained(failure).orElseGet(() -> message(failure));
    command.getErr().println("convoy: " + message);
    if (!(failure instanceof ConvoyException) && !(failure instanceof YamlException)) {
      LoggerFactory.getLogger(ConvoyCommand.class)
          .error("{} failed", command.getCommandName(), failure);
      command
          .getErr()
          .println("convoy: the whole story is in the log file under the home's logs folder");
    }
    command.getErr().flush();
    return code.exitStatus();
  }

  private static String message(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
