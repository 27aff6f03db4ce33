using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The report on the statements about orbit targets for a group, templates and a kernel of the user (<see cref="Verification"/>), along the noise level.</summary>
internal sealed record VerifyMethod : AxisMethod<DiffusionProblem>, ISampledMethod
{
    private const int MostNamed = 3;

    /// <summary>Ends of the names of columns.</summary>
    public const string Suffix = "-deviation", Power = "-resolution";

    /// <summary>The columns: deviations in units of their limits. What is trivial for a problem has none.</summary>
    public static readonly NamedQuantity[] Quantities =
        [.. VerifiedStatements.All.Select(statement => new NamedQuantity(statement.Name + Suffix, $"Δ({statement.Name})", $"Deviation in units of its limit, above one where it is violated: {WithinSentence(statement.Meaning)}"))];

    /// <summary>The limits in units of what the statements are about.</summary>
    public static readonly NamedQuantity[] Resolutions =
        [.. VerifiedStatements.All.Select(statement => new NamedQuantity(statement.Name + Power, $"ρ({statement.Name})", $"Smallest violation of {statement.Name} that would be found, relative to what it is about; above 0.2 the test cannot tell."))];

    /// <summary>Whether no statement is violated.</summary>
    public static readonly NamedQuantity Holds = new("holds", "ok", "1 where no tested statement is violated, 0 where one is.");

    /// <summary>How many could not be told.</summary>
    public static readonly NamedQuantity Inconclusive = new("inconclusive", "n?", "Tested statements that are not violated, where a violation of a fifth would not have been found either.");

    /// <inheritdoc/>
    public override string Name => "verify";

    /// <summary>Random samples of means.</summary>
    public int Replicas { get; init; } = DiffusionParameters.DefaultDraws;

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <summary>Not used: a level takes one thread.</summary>
    public int Threads { get; init; }

    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        SampledParameters.Check(this);
        var (from, to) = VarianceCurve.RangeOf(problem);
        var grid = Grid(from, to);
        foreach (var sigma in grid)
            problem.At(sigma).Validate();
        var identity = EnsembleState.Identity(FormattableString.Invariant($"verify {ProblemIdentity.Of(problem)} {Replicas} {Seed}"), [grid, .. ProblemIdentity.Columns(problem)]);
        int[] kept = [.. Enumerable.Range(0, Quantities.Length).Where(k => !VerifiedStatements.IsTrivial(k, problem))], tested = [.. kept.Where(k => VerifiedStatements.Untested(k, problem.Estimator).Length == 0)];
        var (rows, status) = Evaluate(grid, sigma => [.. new Verification(problem.At(sigma), Replicas, Seed).Test(context.Cancellation).SelectMany(test => new[] { test.Deviation, test.Resolution })], identity, context);
        static TestedStatement At(double[] row, int k) => new(row[2 * k], row[(2 * k) + 1]);
        Observable[] columns =
        [
            DiffusionColumns.Sigma.Column(grid[..rows.Count]),
            .. kept.Select(k => Quantities[k].Column([.. rows.Select(row => At(row, k).Deviation)])),
            .. kept.Select(k => Resolutions[k].Column([.. rows.Select(row => At(row, k).Resolution)])),
            Holds.Column([.. rows.Select(row => tested.Any(k => At(row, k).Fails) ? 0.0 : 1)]),
            Inconclusive.Column([.. rows.Select(row => (double)tested.Count(k => !At(row, k).Fails && !At(row, k).Tells))]),
        ];
        return Assemble(problem, columns, status, new SolverStatistics { Evaluations = rows.Count * Replicas, StateSize = problem.Dimension }) with
        {
            Warnings = [.. VarianceCurve.Warnings(problem), .. tested.Where(k => rows.Exists(row => At(row, k).Fails)).Select(k => $"{VerifiedStatements.All[k].Name} does not hold at every noise level")],
        };
    }

    /// <summary>The report of solutions of this method as tables.</summary>
    public static IReadOnlyList<Table> Report(IReadOnlyList<Solution> solutions) =>
        [.. solutions.Where(solution => solution.Method == "verify" && solution.Rows > 0).Select((solution, k) => new Table(
            k == 0 ? "verify" : FormattableString.Invariant($"verify-{k + 1}"), FormattableString.Invariant($"Statements on this group, these templates and this kernel at {solution.Rows} noise levels"),
            ["statement", "verdict", "largest deviation", "at sigma", "resolution", "tested on", "meaning"],
            [.. VerifiedStatements.All.Select((statement, index) => Row(solution, index, statement))],
            DisplayText.Of($"Deviations in units of their limits: 10^{{−8}} for what is exact, four standard errors (or what 8 of the draws could hide, if that is more) for means over draws. Resolution: the limit in units of what the statement is about, the best of the noise levels; a level where it is above 0.2 tells nothing and is inconclusive. Deviations are the largest of the levels that tell, or of all where none does.")))];

    /// <summary>How many statements were tested and how far the worst is from its limit.</summary>
    /// <param name="solutions">Solutions of this method with rows.</param>
    public static string Sentence(IReadOnlyList<Solution> solutions)
    {
        var tested = 0;
        var worst = (Name: "", Deviation: double.NegativeInfinity);
        foreach (var solution in solutions)
        {
            for (var k = 0; k < Quantities.Length; k++)
            {
                if (!solution.Has(Quantities[k].Name) || VerifiedStatements.Untested(k, EstimatorOf(solution)).Length > 0)
                    continue;
                tested++;
                if (solution[Quantities[k].Name].Max() is var largest && largest > worst.Deviation)
                    worst = (VerifiedStatements.All[k].Name, largest);
            }
        }

        return $"{tested} statements, largest deviation {DisplayNumber.Of(worst.Deviation, 2)} of its limit ({worst.Name})";
    }

    private static IReadOnlyList<string> Row(Solution solution, int index, VerifiedStatement statement)
    {
        if (!solution.Has(Quantities[index].Name))
            return [statement.Name, "trivial", "—", "—", "—", "nothing: " + statement.Trivial, statement.Meaning];
        TestedStatement[] tests = [.. solution[Quantities[index].Name].Zip(solution[Resolutions[index].Name], (deviation, resolution) => new TestedStatement(deviation, resolution))];
        var untested = VerifiedStatements.Untested(index, EstimatorOf(solution));
        int told = tests.Count(test => test.Tells), levels = tests.Length;

        // What is violated counts wherever it is found; what agrees where it could have been.
        var candidates = Enumerable.Range(0, levels).Where(k => tests[k].Fails || tests[k].Tells || told == 0);
        var worst = candidates.MaxBy(k => tests[k].Deviation);
        var verdict = untested.Length > 0 ? "not tested"
            : Array.Exists(tests, test => test.Fails) ? "fails"
            : told == 0 ? "inconclusive"
            : told == levels ? "holds"
            : FormattableString.Invariant($"holds at {told} of {levels} levels, inconclusive at {Levels([.. Enumerable.Range(0, levels).Where(k => !tests[k].Tells).Select(k => solution.Axis.Values[k])])}");
        return
        [
            statement.Name, verdict, DisplayNumber.Of(tests[worst].Deviation, 2), DisplayNumber.Of(solution.Axis.Values[worst], 3), DisplayNumber.Of(tests.Min(test => test.Resolution), 2),
            untested.Length > 0 ? untested : statement.On, statement.Meaning,
        ];
    }

    private static string Levels(double[] sigmas) =>
        sigmas.Length <= MostNamed ? "sigma = " + string.Join(", ", sigmas.Select(sigma => DisplayNumber.Of(sigma, 3))) : FormattableString.Invariant($"{sigmas.Length} from sigma = {DisplayNumber.Of(sigmas.Min(), 3)} to {DisplayNumber.Of(sigmas.Max(), 3)}");

    private static EstimatorKind EstimatorOf(Solution solution) =>
        solution.Setting[DiffusionParameters.Estimator.Name] is string word ? Enum.GetValues<EstimatorKind>().First(kind => DiffusionParameters.Word(kind) == word) : EstimatorKind.Orbit;

    // A formula at the beginning keeps its capital.
    private static string WithinSentence(string sentence) => char.IsLower(sentence[1]) || sentence[1] == ' ' ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;
}
