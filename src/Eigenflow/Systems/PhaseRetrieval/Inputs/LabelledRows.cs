using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Rows with the labels of one teacher, ready to be drawn by the replicas of SGD, and what is said about them.</summary>
internal sealed class LabelledRows
{
    // A recorded row costs as much as this many numbers of the data.
    private const int LossNumbers = 4_000_000;
    private const int SmallestLossRows = 1024;

    private readonly InputRows rows;
    private readonly RowMoments moments;
    private readonly int lossRows;

    private LabelledRows(InputRows rows, RowMoments moments)
    {
        this.rows = rows;
        this.moments = moments;
        lossRows = Math.Min(rows.Count, Math.Max(SmallestLossRows, LossNumbers / rows.Dimension));
    }

    /// <summary>What a checkpoint belongs to.</summary>
    public string Identity => "rows " + Convert.ToHexStringLower(rows.Hash);

    /// <summary>Labels the rows.</summary>
    /// <exception cref="ParameterException">The problem has another spectrum.</exception>
    public static LabelledRows Of(InputRows rows, PhaseRetrievalProblem problem, WeightedModes modes)
    {
        if (!IsSame(problem.Spectrum, rows.Spectrum))
            throw new ParameterException("inputs", rows.Name, "rows whose spectrum is that of the problem", "set Spectrum = rows.Spectrum");
        return new LabelledRows(rows, RowMoments.Of(rows, modes.Teacher));
    }

    public ISgdKernel Kernel(SamplingPrecision precision, WeightedModes modes, double noise, int batch, long seed, int replica) => precision == SamplingPrecision.Single
        ? new RowSgdKernel<float>(rows.Singles, moments.Responses, lossRows, modes.Eigenvalues, modes.Teacher, modes.Start, noise, batch, seed, replica)
        : new RowSgdKernel<double>(rows.Doubles, moments.Responses, lossRows, modes.Eigenvalues, modes.Teacher, modes.Start, noise, batch, seed, replica);

    public double LargestLearningRate(int batch) => moments.LargestLearningRate(batch);

    public IReadOnlyList<string> Warnings(double learningRate, int batch)
    {
        var warnings = new List<string>(rows.Notes.Select(note => $"{rows.Name}: {note}"));
        var largest = LargestLearningRate(batch);
        if (learningRate > largest)
        {
            warnings.Add(DisplayText.Plain(
                $"learning-rate = {learningRate:G4} is above {largest:G4}, where steps on these rows grow deviations in mean square (their fourth moments): use a smaller one, or a larger batch"));
        }

        if (rows.Dimension < rows.Features)
        {
            warnings.Add(FormattableString.Invariant(
                $"{rows.Features - rows.Dimension} of {rows.Features} directions of {rows.Name} have no variance above rounding and are left out"));
        }

        return warnings;
    }

    public IReadOnlyList<SummaryNumber> Summary(WeightedModes modes, int batch) =>
    [
        new("rows", "n", rows.Count, "Number of rows that samples are drawn from."),
        new("loss-rows-count", "n(L)", lossRows, "Number of rows, evenly spread, over which loss-rows is taken."),
        new("teacher-excess-kurtosis", "κ", moments.ExcessKurtosis, "Excess kurtosis E⟨x,w*⟩⁴/(E⟨x,w*⟩²)² − 3 of the rows along the teacher; 0 for Gaussian inputs."),
        new("escape-rate-rows", "ρ_rows", moments.EscapeRate, "Rate at which w grows in Phase I on the rows: 4 λ_max(E[⟨x,w*⟩² x xᵀ])."),
        new("escape-rate-gaussian", "ρ", EscapeTheory.Of(modes).Rate, "The same for Gaussian inputs of their covariance."),
        new("largest-learning-rate-rows", "η_max", LargestLearningRate(batch), "Learning rate above which steps on the rows grow deviations in mean square, from their fourth moments."),
    ];

    // The rows may have been read twice, so that only the values count.
    private static bool IsSame(Spectrum first, Spectrum second)
    {
        if (first.Dimension != second.Dimension)
            return false;
        for (var i = 0L; i < first.Dimension; i++)
        {
            if (first[i] != second[i])
                return false;
        }

        return true;
    }
}
