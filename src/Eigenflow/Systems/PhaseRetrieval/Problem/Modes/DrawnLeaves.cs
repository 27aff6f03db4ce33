using Eigenflow.Random;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The columns of <see cref="CompressedModes"/> in leaves, for a drawn start and a teacher that is drawn or a power of the mode number: the random numbers are those of the seeds whatever spectrum and
/// dimension, and what is smooth multiplies the weights of the nodes.
/// </summary>
internal sealed class DrawnLeaves : ModeLeaves
{
    // A pass over fewer modes takes less than a screen's picture; over more nobody waits, and the leaves would fill the memory.
    private const long FewestModes = 131_072;
    private const long MostModes = 1L << 28;

    private readonly GaussianLeaves products;
    private readonly GaussianLeaves ones = GaussianLeaves.Of(null, null);
    private readonly double sourceExponent;
    private readonly double startSquare;

    private DrawnLeaves(GaussianAddress start, GaussianAddress? teacher, double sourceExponent, long dimension)
    {
        products = GaussianLeaves.Of(start, teacher);
        this.sourceExponent = sourceExponent;
        startSquare = 1.0 / dimension;
    }

    /// <summary>The leaves of a problem, ready; null where its vectors are others, or its size is.</summary>
    public static DrawnLeaves? Of(PhaseRetrievalProblem problem, CancellationToken cancellation)
    {
        var dimension = problem.Spectrum.Dimension;
        if (dimension is < FewestModes or > MostModes || problem.Start.Address is not { } start || problem.Teacher.Factors is not var (teacher, exponent))
            return null;
        var leaves = new DrawnLeaves(start, teacher, exponent, dimension);
        leaves.ones.Prepare(LargeSize, cancellation);
        leaves.products.Prepare(dimension, cancellation);
        return leaves;
    }

    /// <inheritdoc/>
    public override void Load(long first, bool isLarge, Span<double> numbers, double[][] columns, int at)
    {
        var weights = products.Weights(first / (isLarge ? LargeSize : Size), isLarge);
        var counts = ones.Weights(0, isLarge);
        var startScale = Math.Sqrt(startSquare);
        for (var j = 0; j < NodeCount; j++)
        {
            var number = Number(first, isLarge ? LargeSize : Size, j);
            var teacherScale = sourceExponent == 0 ? 1 : Math.Pow(number, -sourceExponent / 2);
            numbers[j] = number;
            columns[CompressedModes.Count][at + j] = counts[j];
            columns[CompressedModes.StartSquare][at + j] = startSquare * weights[j];
            columns[CompressedModes.Cross][at + j] = startScale * teacherScale * weights[NodeCount + j];
            columns[CompressedModes.TeacherSquare][at + j] = teacherScale * teacherScale * weights[(2 * NodeCount) + j];
        }
    }
}
