namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// A predictor that is linear in the training labels, f(x) = s(x)·y, or several that share their work, its stages (the trees of a forest up to B, the rounds of boosting up to k, the leading components up to k).
/// Trees choose s with the help of y; all others do not look at it.
/// </summary>
internal abstract class Smoother
{
    /// <summary>Called when the buffers hold a stage, up to a factor.</summary>
    /// <param name="stage">0-based stage; stages come in ascending order.</param>
    /// <param name="scale">What rows and predictions are to be multiplied by.</param>
    public delegate void StageVisitor(int stage, double scale);

    /// <summary>Number n of training points.</summary>
    public abstract int Samples { get; }

    /// <summary>Number of stages.</summary>
    public virtual int Stages => 1;

    /// <summary>Adds the rows s(x) of a block of points, and their predictions, which are made without s from what was fitted: the independent check of the rows.</summary>
    /// <param name="points">The points.</param>
    /// <param name="first">The first of the block.</param>
    /// <param name="count">Points in the block.</param>
    /// <param name="rows">count × n, added to.</param>
    /// <param name="predictions">count × outputs, added to.</param>
    /// <param name="visit">Called at every stage.</param>
    public abstract void Visit(LabelledSample points, int first, int count, double[] rows, double[] predictions, StageVisitor visit);

    /// <summary>Mean number of leaves that the trees of a stage have, which may be fewer than was asked for; not a number where there are none.</summary>
    public virtual double LeavesOf(int stage) => double.NaN;

    /// <summary>Smallest singular value that is not zero of the design of a stage; not a number where there is no design.</summary>
    public virtual double SmallestSingularValue(int stage) => double.NaN;
}
