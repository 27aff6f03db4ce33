using Eigenflow.Dynamics;
using Eigenflow.Random;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// Fits the models of a family along one of its axes, or along a path that glues two of them together, and measures them: effective parameters and errors at the training and at the test points. Every replica draws points of its own
/// (with a file of test points only the randomness of the fit). Models that share a fit are fitted once; finished groups of replicas survive an interruption.
/// </summary>
internal sealed record SmootherSweep : AxisMethod<SmootherProblem>, ISampledMethod
{
    /// <summary>The axis of composite paths.</summary>
    public const string PathAxis = "path";

    /// <summary>Rows of the grid by default: every one may be a fit.</summary>
    internal const int DefaultPoints = 24;

    private static readonly int Width = UTurnQuantities.Measured.Length + UTurnQuantities.Fitted.Length;

    /// <inheritdoc/>
    public override string Name => MethodName;

    /// <summary>Name of the method.</summary>
    public required string MethodName { get; init; }

    /// <inheritdoc/>
    public int Replicas { get; init; } = 1;

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public int Threads { get; init; }

    /// <summary>What is fitted.</summary>
    internal required SmootherFamily Family { get; init; }

    /// <summary>The axes that the solution does not run along, and the ends of those of a path.</summary>
    internal required SmootherModel Model { get; init; }

    /// <summary>Where a path turns.</summary>
    internal SwitchForm Switch { get; init; } = SwitchForm.Interpolation;

    private protected override int PointsOf(SettingView setting) => (int)setting[UTurnParameters.Points]!.Value;

    internal override Solution Solve(SmootherProblem problem, SolveContext context)
    {
        SampledParameters.Check(this);
        problem = problem with { Seed = Seed };
        var threads = Threads > 0 ? Threads : Environment.ProcessorCount;
        var first = problem.Draw(0);
        var plan = SweepPlan.Of(this, first.Training, new FitContext(SeedOf(0, 0), threads, context.Cancellation), Grid);
        SmootherModel[][] groups = [.. Family.Groups(plan.Models)];

        // A group of models with one of its replicas is one item; a group is whole once all its replicas are.
        var items = Enumerable.Range(0, groups.Length * Replicas).Select(item => (double)item).ToArray();
        var longest = groups.Max(group => group.Length);
        var identity = EnsembleState.Identity(
            FormattableString.Invariant($"{problem.SystemId} {MethodName} {Family.Identity()} {Along} {Switch} {Points} {Replicas} {Seed}"),
            [[.. plan.Models.SelectMany(model => SmootherModel.Axes.Select(axis => model[axis]))], first.Training.Inputs, first.Training.Labels, first.Evaluation.Inputs, first.Evaluation.Labels]);
        var ahead = new Lookahead(items.Length, threads, (item, inner) => Measure(problem, groups[item / Replicas], item % Replicas, longest, inner, inner > 1 || threads == 1 ? part => context.Progress?.Report(new Progress((item + part) / items.Length, "fitting")) : _ => { }, context.Cancellation), context.Cancellation);
        var (rows, status) = Evaluate(items, item => ahead.Of((int)item), identity, context);
        var (done, replicas) = (rows.Count / Replicas, Replicas);
        if (done == 0 && rows.Count > 0)
        {
            // Not one group is whole: what there is of the first is a mean over fewer replicas.
            (done, replicas) = (1, rows.Count);
            status = status with { Message = $"cancelled: means over the {replicas} of {Replicas} replicas that had come so far" };
        }

        var places = plan.Models.Select(model => Place(groups, model)).ToArray();
        int[] kept = [.. Enumerable.Range(0, places.Length).Where(row => places[row].Group < done)];
        double Value(int replica, int row, int quantity) => rows[(places[kept[row]].Group * Replicas) + replica][(places[kept[row]].Stage * Width) + quantity];
        var columns = Columns(first.Training.Outputs, replicas, plan, kept, Value);

        // The last row before the second axis grows: the switch itself, unless other places were asked for.
        var turn = plan.Switch is { } at ? Array.FindLastIndex(kept, row => plan.Values[row] <= at) : -1;
        var score = FoldBack.Of(kept.Length, replicas, turn < 0 ? null : turn, (replica, row) => Value(replica, row, Index(UTurnQuantities.TestError)), (replica, row) => Value(replica, row, Index(UTurnQuantities.TestParameters)), (ulong)Seed);
        var solution = Assemble(problem, columns, status, new SolverStatistics { Evaluations = kept.Length * replicas }, FoldBackEvents.Of(score, [.. kept.Select(row => plan.Values[row])], plan.Switch));
        return first.Training.LabelVariance > 0 ? solution : solution with { Warnings = ["all training labels are equal: every tree has one leaf"] };
    }

    private static int Index(NamedQuantity quantity) => Array.FindIndex(UTurnQuantities.Measured, pair => ReferenceEquals(pair.Quantity, quantity));

    private static (int Group, int Stage) Place(SmootherModel[][] groups, SmootherModel model)
    {
        for (var group = 0; group < groups.Length; group++)
        {
            if (Array.IndexOf(groups[group], model) is >= 0 and var stage)
                return (group, stage);
        }

        throw new InvalidOperationException("A model is in no group.");
    }

    private List<Observable> Columns(int outputs, int replicas, SweepPlan plan, int[] kept, Func<int, int, int, double> value)
    {
        var axis = UTurnQuantities.Axis(Along);
        var columns = new List<Observable> { axis.Column([.. kept.Select(row => plan.Values[row])]) };
        columns.AddRange(Family.Axes.Concat(Family.Path is { } path ? [path.First, path.Second] : []).Distinct(StringComparer.Ordinal).Where(name => name != axis.Name).Select(name => UTurnQuantities.Axis(name).Column([.. kept.Select(row => plan.Models[row][name])])));
        if (Family.Path is { } counted && Along != PathAxis)
            columns.Add(UTurnQuantities.Count.Column([.. kept.Select(row => counted.Count(plan.Models[row]))]));
        NamedQuantity[] quantities = [.. UTurnQuantities.Measured.Select(pair => pair.Quantity), .. UTurnQuantities.Fitted.Select(pair => pair.Quantity)];
        for (var quantity = 0; quantity < quantities.Length; quantity++)
        {
            var (index, name) = (quantity, quantities[quantity].Name);
            if (quantity < UTurnQuantities.Measured.Length ? outputs > 1 || !UTurnQuantities.OfClasses.Contains(name, StringComparer.Ordinal) : Family.Facts.Contains(name, StringComparer.Ordinal))
                columns.AddRange(ReplicaColumns.Of(quantities[quantity], kept.Length, replicas, (replica, row) => value(replica, row, index)));
        }

        return columns;
    }

    private double[] Measure(SmootherProblem problem, SmootherModel[] group, int replica, int longest, int threads, Action<double> progress, CancellationToken cancellation)
    {
        const double Third = 1.0 / 3;
        var (done, gate) = (0.0, new Lock());
        var (training, evaluation) = problem.Draw(replica);
        var numbers = Enumerable.Repeat(double.NaN, longest * Width).ToArray();
        var outputs = Family.IsSeparate ? training.Outputs : 1;
        var fits = new Smoother[outputs];
        EffectiveParameters[][] train = new EffectiveParameters[outputs][], test = new EffectiveParameters[outputs][];
        for (var output = 0; output < outputs; output++)
        {
            var (seen, unseen) = outputs == 1 ? (training, evaluation) : (training.Only(output), evaluation.Only(output));
            fits[output] = Family.Fit(seen, group, new FitContext(SeedOf(replica, output), threads, cancellation));
            Advance(Third / outputs);
            train[output] = EffectiveParameters.OfStages(fits[output], seen, seen, threads, part => Advance(part * Third / outputs), cancellation);
            test[output] = EffectiveParameters.OfStages(fits[output], seen, unseen, threads, part => Advance(part * Third / outputs), cancellation);
        }

        for (var stage = 0; stage < group.Length; stage++)
        {
            var (onTraining, onTest) = outputs == 1 ? (train[0][stage], test[0][stage]) : (EffectiveParameters.Joined([.. train.Select(all => all[stage])], training), EffectiveParameters.Joined([.. test.Select(all => all[stage])], evaluation));
            for (var quantity = 0; quantity < UTurnQuantities.Measured.Length; quantity++)
                numbers[(stage * Width) + quantity] = UTurnQuantities.Measured[quantity].Of(onTraining, onTest);
            for (var quantity = 0; quantity < UTurnQuantities.Fitted.Length; quantity++)
                numbers[(stage * Width) + UTurnQuantities.Measured.Length + quantity] = fits.Average(fit => UTurnQuantities.Fitted[quantity].Of(fit, stage));
        }

        return numbers;

        void Advance(double part)
        {
            lock (gate)
                progress(done += part);
        }
    }

    // Fits of different replicas and outputs draw other numbers.
    private ulong SeedOf(int replica, int output)
    {
        const uint purpose = 0x46495453;
        var (low, high, _, _) = Philox.Block(((uint)replica, (uint)output, 0, purpose), ((uint)Seed, (uint)((ulong)Seed >> 32)));
        return low | ((ulong)high << 32);
    }
}
