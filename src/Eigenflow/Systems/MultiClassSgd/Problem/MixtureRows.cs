using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd.Kernels;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Turns states into rows of observables, the same for theory and simulation.</summary>
internal sealed class MixtureRows
{
    /// <summary>Classes beyond this many have no columns of their own.</summary>
    public const int MostShown = 9;

    public static readonly NamedQuantity Time = new("t", "t", "Time t = step/d.") { AxisLabel = "time t = step/d" };
    public static readonly NamedQuantity Step = new("step", "k", "Number of update steps.") { AxisLabel = "step k" };
    private static readonly NamedQuantity Risk = new("risk", "R", "Population risk R = Σ_i p_i E f_i(Xᵀa).");
    private static readonly NamedQuantity Norm = new("norm2", "‖X‖²", "Squared norm of the weights.") { Words = "squared norm" };
    private static readonly NamedQuantity Error = new("error", "ε", "Population 0–1 error Σ_i p_i P(the class is not the one that is told): the sign of the output, or the largest output.");
    private static readonly NamedQuantity Clean = new("clean-share", "c", "Part of the own mean outputs Σ_i p_i m_i that comes from clean modes: those without variance in any class, or else the half with the smaller pooled eigenvalues.");
    private static readonly NamedQuantity Cosine = new("cosine", "cos θ", "Cosine between the weights and the mean of the first class, m_1 y_1/(‖μ_1‖ ‖X‖); losses of one output.");
    private static readonly NamedQuantity Rate = new("learning-rate", "γ", "Learning rate γ; a step is γ/d.");

    /// <summary>Columns of SGD on the rows of a file.</summary>
    public static readonly IReadOnlyList<NamedQuantity> OfRows =
    [
        new("risk-rows", "R_rows", "Mean loss over all rows of the file, where risk is that of the Gaussian mixture with their means and variances.") { Words = "risk over the rows" },
        new("error-rows", "ε_rows", "Part of all rows of the file whose class is not the one that is told.") { Words = "error over the rows" },
    ];

    private readonly MixtureModes modes;
    private readonly ClassLoss loss;
    private readonly LearningRateRule rule;
    private readonly double batch;
    private readonly RateSums sums;
    private readonly int shown;
    private readonly bool hasErrors;

    /// <param name="modes">The modes that states are of.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="batch">Samples per step.</param>
    public MixtureRows(MixtureModes modes, ClassLoss loss, LearningRateRule rule, double batch)
    {
        (this.modes, this.loss, this.rule, this.batch) = (modes, loss, rule, batch);
        sums = new RateSums(modes);
        shown = Math.Min(MostShown, modes.Origin.Length);
        hasErrors = loss is MarginLoss || modes.Classes <= MostShown;
        Quantities =
        [
            Risk, .. Enumerable.Range(1, shown).SelectMany(OfClass).Where(quantity => hasErrors || !quantity.Name.StartsWith("error", StringComparison.Ordinal)),
            Norm, .. hasErrors ? [Error] : (NamedQuantity[])[], .. modes.Clean.Length > 0 ? [Clean] : (NamedQuantity[])[], .. loss is MarginLoss ? [Cosine] : (NamedQuantity[])[], Rate,
        ];
    }

    /// <summary>All columns that solutions can have.</summary>
    public static IReadOnlyList<NamedQuantity> Described { get; } = [Time, Step, Risk, .. Enumerable.Range(1, MostShown).SelectMany(OfClass), Norm, Error, Clean, Cosine, Rate, .. OfRows];

    /// <summary>The columns of a row beside the time.</summary>
    public IReadOnlyList<NamedQuantity> Quantities { get; }

    /// <summary>Numbers of a row: the quantities, and after them, where there are clean modes, Σ p_i m_i, of which the clean share is a part.</summary>
    public int Width => Quantities.Count + (modes.Clean.Length > 0 ? 1 : 0);

    /// <summary>Whether a quantity is a part of the last number of the row; of such a ratio, whose denominator may vanish in a replica, means are taken above and below.</summary>
    public static bool IsPartOfOutput(NamedQuantity quantity) => ReferenceEquals(quantity, Clean);

    /// <summary>The row of a state.</summary>
    public double[] Of(MixtureState state, double time)
    {
        var row = new double[Width];
        Write(state, time, row);
        return row;
    }

    /// <summary>Writes the row of a state.</summary>
    public void Write(MixtureState state, double time, Span<double> row)
    {
        var classes = loss is MarginLoss margin ? OfMargins(margin, state) : OfOutputs((OutputLoss)loss, state);
        var view = View(classes, state, time);
        var at = 0;
        row[at++] = view.Risk;
        for (var i = 0; i < shown; i++)
        {
            var (own, sign) = modes.Origin[i];
            row[at++] = sign * classes[own].Mean;
            row[at++] = classes[own].Variance;
            row[at++] = classes[own].Risk;
            if (hasErrors)
                row[at++] = classes[own].Error;
        }

        row[at++] = state.SquaredNorm;
        if (hasErrors)
            row[at++] = classes.Select((one, i) => modes.Probabilities[i] * one.Error).Sum();
        if (modes.Clean.Length > 0)
        {
            // At the start nothing is learned: the share is that of the first step.
            var whole = classes.Select((one, i) => modes.Probabilities[i] * one.Mean).Sum();
            row[at++] = whole != 0 ? state.CleanPart / whole : FirstShare();
            row[^1] = whole;
        }

        if (loss is MarginLoss)
            row[at++] = state.SquaredNorm > 0 && modes.MeanNorms[modes.Origin[0].Class] > 0 ? classes[modes.Origin[0].Class].Mean / modes.MeanNorms[modes.Origin[0].Class] / Math.Sqrt(state.SquaredNorm) : 0;
        row[at] = rule.Rate(view);
    }

    /// <summary>What a rule sees of a state.</summary>
    public RateView View(MixtureState state, double time) => View(loss is MarginLoss margin ? OfMargins(margin, state, withErrors: false) : OfOutputs((OutputLoss)loss, state, withErrors: false), state, time);

    /// <summary>The probability with which samples of a class are told to be of another, as numbers of the whole solution, at a state; with the largest estimated error of them. None where classes are many.</summary>
    public (IReadOnlyList<SummaryNumber> Numbers, double Error) Confusion(MixtureState state)
    {
        if (!hasErrors || modes.Origin.Length > MostShown)
            return ([], 0);
        var numbers = new List<SummaryNumber>();
        var largest = 0.0;
        for (var i = 0; i < modes.Origin.Length; i++)
        {
            for (var j = 0; j < modes.Origin.Length; j++)
            {
                if (loss is MarginLoss && (modes.Origin.Length != 2 || modes.Origin[0].Sign == modes.Origin[1].Sign))
                    return ([], 0);
                var (value, error) = loss is MarginLoss ? Told(state, i, j) : LargestOutput.Probability(j, state.Means[i], state.Variances[modes.SpectrumOf[i]]);
                largest = Math.Max(largest, error);
                numbers.Add(new SummaryNumber($"confusion-{i + 1}{j + 1}", $"P({i + 1} → {j + 1})", value, $"Probability that a sample of class {i + 1} is told to be of class {j + 1}, at the end."));
            }
        }

        return (numbers, largest);
    }

    private static IEnumerable<NamedQuantity> OfClass(int i) =>
    [
        new($"m{i}", $"m_{i}", $"Mean output of class {i}: of the only output, or of output {i}.") { Words = $"mean output of class {i}" },
        new($"b{i}{i}", $"B_{i}", $"Variance of that output over samples of class {i}.") { Words = $"variance of the output of class {i}" },
        new($"risk{i}", $"R_{i}", $"Risk of class {i}, E f_{i}.") { Words = $"risk of class {i}" },
        new($"error{i}", $"ε_{i}", $"Population 0–1 error of class {i}.") { Words = $"error of class {i}" },
    ];

    private (double Value, double Error) Told(MixtureState state, int i, int j)
    {
        var (own, _) = modes.Origin[i];
        var error = ErrorOf(state.Means[own][0], state.Variances[modes.SpectrumOf[own]][0]);
        return (i == j ? 1 - error : error, 0);
    }

    private static double ErrorOf(double mean, double variance) => variance > 0 ? Normal.CDF(0, 1, -mean / Math.Sqrt(variance)) : mean > 0 ? 0 : mean == 0 ? 0.5 : 1;

    private ClassRow[] OfMargins(MarginLoss margin, MixtureState state, bool withErrors = true) => [.. state.Means.Select((means, i) =>
    {
        var (mean, variance) = (means[0], state.Variances[modes.SpectrumOf[i]][0]);
        var moments = margin.Expect(mean, variance);
        return new ClassRow(mean, variance, moments.Risk, withErrors ? ErrorOf(mean, variance) : 0, moments.Noise, moments, null);
    })];

    private ClassRow[] OfOutputs(OutputLoss outputs, MixtureState state, bool withErrors = true)
    {
        var size = modes.Classes;
        var rows = new ClassRow[size];

        // C times l² numbers are kept only where a rule needs them.
        OutputMoments? shared = null;
        for (var i = 0; i < size; i++)
        {
            var (means, variances) = (state.Means[i], state.Variances[modes.SpectrumOf[i]]);
            if (variances.Length == size)
            {
                // Diagonals alone are carried where the loss is quadratic.
                var noise = variances.Sum() + means.Select((mean, k) => (mean - (k == i ? 1 : 0)) * (mean - (k == i ? 1 : 0))).Sum();
                rows[i] = new ClassRow(means[i], variances[i], noise / 2, 0, noise, default, null);
                continue;
            }

            var moments = rule.SeesState || shared is null ? new OutputMoments(size) : shared;
            shared = moments;
            outputs.Expect(i, means, variances, moments);
            rows[i] = new ClassRow(means[i], variances[(i * size) + i], moments.Risk, hasErrors && withErrors ? 1 - LargestOutput.Probability(i, means, variances).Value : 0, moments.NoiseTrace, default, rule.SeesState ? moments : null);
        }

        return rows;
    }

    private RateView View(ClassRow[] classes, MixtureState state, double time)
    {
        double risk = 0, noise = 0, curvature = 0;
        for (var i = 0; i < classes.Length; i++)
        {
            risk += modes.Probabilities[i] * classes[i].Risk;
            noise += modes.Probabilities[i] * classes[i].Noise * sums.Traces[i];
            for (var j = 0; rule.SeesState && j < classes.Length; j++)
                curvature += modes.Probabilities[i] * modes.Probabilities[j] * sums.Product(i, j) * classes[i].NoiseAlong(classes[j]);
        }

        return new RateView { Time = time, Risk = risk, SquaredGradient = state.SquaredGradient, GradientNoise = noise / batch, CurvatureNoise = curvature / batch, Accumulated = state.Accumulated };
    }

    // The share of the squared means, which the first step takes from zero.
    private double FirstShare()
    {
        double clean = 0, whole = 0;
        for (var k = 0; k < modes.Directions; k++)
        {
            for (var i = 0; i < modes.Classes; i++)
            {
                var square = modes.Probabilities[i] * modes.Means[i][k] * modes.Means[i][k];
                whole += square;
                clean += modes.Clean[k] ? square : 0;
            }
        }

        return whole > 0 ? clean / whole : 0;
    }

    // One class of a row; NoiseAlong is tr(I H) with the curvature of another.
    private readonly record struct ClassRow(double Mean, double Variance, double Risk, double Error, double Noise, MarginMoments Margin, OutputMoments? Outputs)
    {
        public double NoiseAlong(ClassRow other) => Outputs is { } own && other.Outputs is { } curved ? MarginSums.Dot(own.Noise, curved.Curvature) : Margin.Curvature > 0 || other.Margin.Curvature > 0 ? Noise * other.Margin.Curvature : Noise;
    }
}
