using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd.Kernels;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// The deterministic learning curve of one-pass SGD in high dimension (arXiv 2510.14074): a mean and a variance of the weights per mode, which see each other through the outputs' means and variances alone.
/// Losses of one output by the stiff solver, so that t = 1e20 is as cheap as t = 10; several outputs by the explicit one.
/// </summary>
public sealed record MultiClassTheory : MixtureMethod
{
    private const double LargestGrowth = 1e9;

    /// <inheritdoc/>
    public override string Name => IsContinuum ? "continuum" : "theory";

    /// <summary>Whether d = ∞ is taken first; spectra and means are then functions of ρ/d. Default false: the dimension of the problem.</summary>
    public bool IsContinuum { get; init; }

    /// <summary>How the modes are carried. Default: merged where eigenvalues coincide, full to d = 2048, compressed beyond where spectra and means are smooth.</summary>
    public ModeRepresentation Modes { get; init; } = ModeRepresentation.Auto;

    /// <summary>Relative tolerance of the solver, 1e-13 to 0.1. Default 1e-8: more digits than any simulation resolves.</summary>
    public double RelativeTolerance { get; init; } = 1e-8;

    /// <summary>Whether the observables can be asked for at any time afterwards. Default false: that keeps every step in memory.</summary>
    public bool KeepsDenseOutput { get; init; }

    internal override Method<MultiClassProblem> Configured(SettingView setting) => (MultiClassTheory)base.Configured(setting) with { RelativeTolerance = setting[ContinuousParameters.Tolerance] };

    internal override Solution Solve(MultiClassProblem problem, SolveContext context)
    {
        var rule = RuleOf(problem);
        var times = SavedTimes();
        var modes = IsContinuum ? SmoothModes.Continuum(problem, 10 * Math.Max(1, LearningRate) * times[^1]) : MixtureModes.Of(problem, Modes, context.Cancellation);
        CheckMemory(problem, modes, rule, times.Length);
        var rows = new MixtureRows(modes, problem.Loss, rule, Batch);
        var divergence = "";
        var result = problem.Loss is MarginLoss margin
            ? Integrate(new MarginSystem(modes, margin, rule, Batch), context)
            : IntegrateExplicitly(new OutputSystem(modes, (OutputLoss)problem.Loss, rule, Batch, context.Cancellation), context);
        double[][] values = [.. result.Rows.Select((state, row) => rows.Of(state, result.Times[row]))];
        var status = divergence.Length > 0 ? new SolveStatus(SolveOutcome.Diverged, Diverged(divergence).Message("the trajectory is kept up to there")) : result.Status;
        var (confusion, error) = result.Rows.Count > 0 ? rows.Confusion(result.Rows[^1]) : ([], 0);
        var warnings = Warnings(modes, problem, rule, Batch);
        if (Uncertainty(problem, modes, result) is > 0 and var uncertainty)
            warnings.Add(DisplayText.Plain($"expectations of the softmax over {problem.Outputs} outputs are by {4096} fixed points: their error at the end is {uncertainty:G2} of the risk"));
        return Assemble(problem, Columns(rows, [.. result.Times], values), status, result.Statistics) with
        {
            Warnings = warnings,
            Summary = [.. confusion, .. error > 0 ? [new SummaryNumber("error-accuracy", "δε", error, "Largest estimated error of the probabilities of classes, by two shifts of the points.")] : (SummaryNumber[])[]],
            Interpolant = result.Dense is { } dense ? time => Row(rows, time, rows.Of(dense(time), time)) : null,
        };

        ContinuousResult<MixtureState> Integrate(MarginSystem system, SolveContext solve) =>
            ContinuousRun.Run<MarginSystem, MixtureState>(system, system.InitialState, times, RelativeTolerance, new NoWatch(), modes.Representation, solve, Stop(system.Observe(system.InitialState)), KeepsDenseOutput);

        ContinuousResult<MixtureState> IntegrateExplicitly(OutputSystem system, SolveContext solve) =>
            ContinuousRun.RunExplicit<OutputSystem, MixtureState>(system, system.InitialState, times, RelativeTolerance, new NoWatch(), modes.Representation, solve, Stop(system.Observe(system.InitialState)), KeepsDenseOutput);

        Func<double, MixtureState, bool> Stop(MixtureState start)
        {
            var bound = LargestGrowth * (1 + start.Variances.Max(variance => variance.Max()));
            return (time, state) =>
            {
                if (state.Variances.All(variance => variance.All(value => value <= bound)))
                    return false;
                divergence = DisplayText.Plain($"t = {time:G4}");
                return true;
            };
        }
    }

    // What the solver keeps of states, beside the saved rows.
    private void CheckMemory(MultiClassProblem problem, MixtureModes modes, LearningRateRule rule, int rows)
    {
        var (bytes, available) = (problem.Loss is OutputLoss several ? OutputSystem.Bytes(modes, several, rule, rows) : MarginSystem.Bytes(modes), MixtureModes.AvailableBytes);
        if (bytes > available)
            throw new TooLargeException($"{Name} with dimension = {modes.Dimension} and {problem.Classes.Count} classes", bytes, available, "use a smaller dimension or fewer classes");
    }

    private static Dictionary<string, double> Row(MixtureRows rows, double time, double[] values)
    {
        var row = new Dictionary<string, double>(StringComparer.Ordinal) { [MixtureRows.Time.Name] = time };
        for (var k = 0; k < rows.Quantities.Count; k++)
            row[rows.Quantities[k].Name] = values[k];
        return row;
    }

    // The part of the risk that the points of a lattice leave open; 0 for quadratures.
    private static double Uncertainty(MultiClassProblem problem, MixtureModes modes, ContinuousResult<MixtureState> result)
    {
        if (problem.Loss is not SoftmaxLoss || problem.Outputs <= SoftmaxExpectation.MostOnGrid || result.Rows.Count == 0)
            return 0;
        var (last, quadrature) = (result.Rows[^1], SoftmaxExpectation.Of(problem.Outputs));
        double error = 0, risk = 0;
        for (var i = 0; i < modes.Classes; i++)
        {
            var moments = new OutputMoments(modes.Classes);
            quadrature.Expect(i, last.Means[i], last.Variances[modes.SpectrumOf[i]], moments);
            error += modes.Probabilities[i] * quadrature.Error(i, last.Means[i], last.Variances[modes.SpectrumOf[i]]);
            risk += modes.Probabilities[i] * moments.Risk;
        }

        return error / risk;
    }

    private sealed class NoWatch : IContinuousWatch<MixtureState>
    {
        public void Begin(MixtureState row)
        {
            // There are no events.
        }

        public void Advance(MixtureState row, Func<Func<MixtureState, double>, double?> locate)
        {
            // There are no events.
        }

        public IReadOnlyDictionary<string, double?> ToDictionary() => new Dictionary<string, double?>(StringComparer.Ordinal);
    }
}
