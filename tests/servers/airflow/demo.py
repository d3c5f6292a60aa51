from airflow.sdk import dag, task


@dag(dag_id="demo", schedule=None, tags=["ä b", "c"], params={"n": 1})
def demo():
    @task
    def one():
        return {"x": [1, None, "ü"]}

    @task
    def two(value):
        return value

    two(one())


demo()
